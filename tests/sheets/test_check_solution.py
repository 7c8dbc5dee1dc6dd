"""The solution-word check: the cases of the design, fresh ones of ours, and what it must never be fooled by."""

from __future__ import annotations

import pytest

from bench.sheets_words import count, lines, wilson
from sheets.check_solution import solution_words
from tests.sheets.checking import asks, sheet, write

OF_THE_DESIGN_SOLUTIONS = """\
Build a chatbot for our shop
Use deep learning on X-rays
Train a model to predict churn
用大模型做客服
An LLM that answers HR questions
Fine-tune Llama for legal text
做一个识别垃圾的神经网络
AI-powered tutor
RAG over our wiki
用AI优化物流
Recommender system for books
Predict demand for pizza
预测明天的客流
"""
OF_THE_DESIGN_TROUBLES = """\
Grid operators cannot tell how much wind power tomorrow brings
Support staff spend 3 hours a day on the same ten questions
Nurses miss early warning signs at night
店长每天猜备货量，周末总是不够
Our agents (staff) wait 20 minutes for account data
Modelling agency cannot fill bookings
New volunteers cannot find the right form, so cases wait a week
配送员等很久才拿到单
Half of the bread is thrown away on Mondays
Our model is too slow, customers wait 9 s
Clinics run out of vaccine every spring
训练营学员总是跟不上进度
Train passengers miss connections at night
The training team spends two days a month on schedules
用户找不到退款入口
"""
SOLUTIONS = """\
Voice assistant for elderly people
Sentiment analysis of hotel reviews
We want to use ChatGPT for customer emails
Let's make a Slack bot for lunch orders
A mobile app for booking barbers
Face recognition attendance
LLM-based tutor for chemistry
Why don't we train a network on our scans
Estimate delivery times with gradient boosting
Help farmers with an AI advisor
Digital twin of our factory
AI that writes product descriptions
Blockchain for land registry
Make doctors' notes searchable with an LLM
Build a data warehouse
A platform which matches mentors and mentees
Goal: detect deepfakes in WhatsApp voice messages
Our project: an AI that grades essays
Medical image segmentation
Deploy Copilot to all employees
We'd love an assistant that answers HR questions
Optical sorting of plastics
Personalised learning paths for pupils
Launch a newsletter
Let AI choose which leads to call
A fully automated greenhouse
Digitise the archive
Better search for our wiki
I want to train a model on my own photos
Save nurses' time with speech recognition
An online calculator for heating costs
Graph neural network for molecule properties
Let an LLM answer the emails of our customers
Smart contract for rent deposits
An AI to tell birds apart by their song
A wearable that notices falls
Could we automate the monthly report?
My thesis: federated learning for hospitals
Automating invoice processing
Simulate traffic in the old town
We should collect all data in one lake and apply ML
OCR for old maps
Spot tumours on CT scans with deep learning
Semantic duplicate detection in bug reports
Use sensors to warn of landslides
做一个二手书交易平台
给老人做个语音助手
能不能用AI写周报
人脸识别门禁
做个自动回复的机器人
想开发一款帮助背单词的游戏
智能排课
图书推荐系统
让AI帮忙改简历
给仓库装摄像头自动盘点
情感陪伴机器人
训练一个识别方言的语音模型
搞一个数据看板
用算法优化快递路线
面向中小企业的财务机器人
AI绘画
提升转化率的推荐算法
把客服换成大模型
虚拟试衣
对路面裂缝进行检测
基于Transformer的机器翻译
做个大屏展示销售数据
电商评论挖掘
做一套能自动排课的系统
想让大模型读合同
通过数据分析提升销量
基于YOLO的安全帽检测
自动驾驶清扫车
农产品溯源系统
让机器人送餐
我想写一个爬虫监控价格
采用联邦学习保护病人隐私
智能客服
把所有表格搬到云端数据库
根据天气预测冰淇淋销量
预测哪些学生会退学
用LLM做客户服务
一款背单词的app
代码自动补全
"""
TROUBLES = """\
Grid operators cannot plan for tomorrow
Teachers mark 120 papers every weekend
The chatbot sends people in circles and they call us anyway
Estate agents show up late for viewings
People with dementia get lost on their way home
Nurses walk 9 km per shift to find equipment
Deep learning students have no GPUs
Track workers can't hear the warning horn
The translation app gets Tamil wrong and patients take the wrong dose
Shoppers leave because the queue is too long
Lorry drivers wait three hours at the border
Our transformers burn out every summer and the village has no light
Customers get two copies of every letter
New hires take four weeks to get a laptop
Cyclists get hurt at the crossing
Tenants freeze for days until someone fixes the boiler
Nobody answers the phone at the town hall after 12
Fishermen go out although a storm is coming
Editors check each quote by phone
Support tickets in Polish sit for a week
The bakery runs out of rye bread by ten
Our model portfolio is out of date and advisers still hand it out
Volunteers at the food bank guess what will arrive
Half of our members pay late
The hospital's transformer failed and operations were cancelled
Our interns label 500 images a day and make mistakes from boredom
People buy the wrong ticket and get fined
Our volunteers use five apps to coordinate one shift
The search on our website finds nothing, so people call
The robot vacuum scares residents with dementia
Our recommendation letters are always late
The model agency never replies to young models
The forecast says sun and the harvest drowns
Engineers re-measure parts because nobody trusts the old numbers
Patients forget what the doctor said
Managers decide by gut feeling
用户注册到一半就走了
模特公司总是拖欠工资
机器人扫地总卡在门槛，保洁还得再扫一遍
外卖平台派单太密，骑手只好闯红灯
食堂每天倒掉两大桶饭
推荐算法老推同样的视频，孩子看上瘾
医生写病历写到晚上十点
大模型编造案例，律师被法官批评
小店主不知道该进多少货
盲人过马路听不到信号
人脸识别认不出双胞胎，家长只好排队登记
生成的字幕错字连篇，编辑要逐句改
社区医生一天要打八十个随访电话
统计报表要花三天，财务天天加班
分析师把一半时间花在找数据上
物业接到报修，要两天才派人
病人拿着片子在三家医院来回跑
新来的护士看不懂交接本
我们的模型上线后没人用
机器翻译的合同有错，公司赔了钱
老师加班批作业，学生一周后才拿到反馈
健身教练带训练，会员请假太多排不开
我们有一套系统，但大家还是用纸
货到了才发现尺寸不对
法官一天开六个庭，判决书写到半夜
客户资料散在三个系统里，销售每次都要重新问
设计图改了八版，施工队拿的还是旧的
员工在群里问同样的问题，人事一天回几十遍
考生查不到分数急哭了
菜农不知道明天什么价
台风天渔民收不到通知
"""
OTHER_MEANINGS = """\
Train passengers miss connections at night
Our training camp loses half of the runners in the first week
Call-centre agents retype every address
Role models for girls in physics are missing in our town
Modelling agency cannot fill bookings
The village transformer burns out every summer
训练营学员总是跟不上进度
模特公司总是拖欠工资
算法课上一半同学听不懂
"""
BOTH = """\
We already have a chatbot, and customers still wait 30 minutes on the phone
Nurses ignore the AI alarm because nine of ten are false
大模型编造案例，律师被法官批评
"""
WISHES = """\
Know tomorrow's wind and solar supply well enough to plan
Find the patient's file in under a minute
Compare suppliers fairly
Less time on paperwork
Get paid on time
Match volunteers to the tasks they like
Spot leaks before the cellar is wet
Know which machine breaks next
Less bread thrown away on Mondays
Better forecasts of demand
Sort returns faster
Use less paper
Provide faster answers
Keep seniors safe at home
Write reports faster
Make the handover shorter
少排队
快点找到病历
交接班别漏事
让老人自己能挂号
知道哪台机器快坏了
让家长放心
缩短等待时间
晚上少一些误报
"""
GOALS = """\
Cut waiting times in hospitals with AI scheduling
No more lost luggage: computer vision at every belt
Build an app so that patients don't have to wait
用图像识别减少布料浪费
预测设备故障，避免停机损失
"""


def rows(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize("text", rows(OF_THE_DESIGN_SOLUTIONS) + rows(SOLUTIONS))
def test_a_solution_is_recognised(text: str) -> None:
    assert solution_words(text)


@pytest.mark.parametrize("text", rows(OF_THE_DESIGN_TROUBLES) + rows(TROUBLES))
def test_somebodys_trouble_is_left_alone(text: str) -> None:
    assert solution_words(text) is None


@pytest.mark.parametrize("text", rows(OTHER_MEANINGS))
def test_a_word_with_another_meaning_is_no_technique(text: str) -> None:
    assert solution_words(text) is None


@pytest.mark.parametrize("text", rows(BOTH))
def test_who_has_a_trouble_with_a_machine_still_has_a_trouble(text: str) -> None:
    assert solution_words(text) is None


@pytest.mark.parametrize("text", rows(WISHES))
def test_a_wish_of_somebody_who_does_the_work_is_no_solution(text: str) -> None:
    assert solution_words(text) is None


@pytest.mark.parametrize("text", rows(GOALS))
def test_trouble_that_is_to_go_away_is_not_yet_anybodys(text: str) -> None:
    assert solution_words(text)


@pytest.mark.parametrize("text", ["", "  ", "😀😀", "\u200b", "…", "？？", "how?", "Plan the reserve", "少排队"])
def test_what_says_little_is_left_alone(text: str) -> None:
    assert solution_words(text) is None


def test_the_language_is_that_of_the_line_and_languages_may_mix() -> None:
    assert solution_words("We want 智能客服 for our shop")
    assert solution_words("我们 team 想 build 一个 dashboard")
    assert solution_words("我们 team 每次 release 都要手动 check 两百个页面") is None
    assert solution_words("ＢＵＩＬＤ a chatbot"), "full width letters are letters"


def test_only_the_lines_that_read_like_solutions_are_named() -> None:
    on = write(sheet("scope"), "problem", wishes=["Nurses miss early warning signs", "Build a chatbot for our shop"])
    assert asks(on, "problem", "solution-words") == ("Build a chatbot for our shop",)
    assert asks(write(sheet("scope"), "problem", who="Nurses"), "problem", "solution-words") is None
    mixed = write(sheet("scope", "zh-CN"), "problem", wishes=["Build a chatbot for our shop"])
    assert asks(mixed, "problem", "solution-words"), "an English line on a Chinese sheet"


def test_the_tuning_half_is_as_good_as_it_was() -> None:
    counts = count(lines("problems_tuning.yaml"))
    assert (counts.tp + counts.fn, counts.fp + counts.tn) == (72, 80)
    assert counts.fp + counts.fn <= 2


@pytest.mark.parametrize("piece", ["a ", "we ", "to ", "the nurses ", "a-", "self-", "我们", "能不能", "希望有", "给"])
def test_a_line_without_end_has_one_for_the_check(piece: str) -> None:
    assert solution_words(piece * 2_000) is None, "only its beginning is looked at, and that takes milliseconds"


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = wilson(58, 60)
    assert (round(low, 3), round(high, 3)) == (0.886, 0.991)
    assert wilson(0, 0) == (0.0, 1.0)
